import { ElMessage } from 'element-plus';
import { useI18n } from 'vue-i18n';
import { answer, api } from '../../../api/client.ts';
import { useIntentions } from '../../../elements/intention.ts';
import { useAsking } from '../../../elements/refusal.ts';
import { onceWritten } from './once-written.ts';

/** Address, telephone and hours of a place, to the citizen of the call by message. */
export function usePlaceMessage(callId: string) {
  const { t } = useI18n();
  const wishes = useIntentions();
  const { busy, refusal, ask } = useAsking({ toast: true });

  const send = (placeId: string) =>
    ask(async () => {
      const header = { 'idempotency-key': wishes.keyOf(placeId) };
      const { message } = await onceWritten(() =>
        answer(
          api.POST('/v1/places/{id}/messages', {
            params: { path: { id: placeId }, header },
            body: { callId },
          }),
        ),
      );
      wishes.done(placeId);
      ElMessage({
        type: message === 'unreachable' ? 'warning' : 'success',
        message: t(`desk.form.message.${message}`),
      });
    });
  return { busy, refusal, send };
}
