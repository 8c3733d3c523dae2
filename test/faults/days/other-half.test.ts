import { halfOfTenThousandDays } from '../../support/thousands-of-days.ts';

halfOfTenThousandDays(1);
