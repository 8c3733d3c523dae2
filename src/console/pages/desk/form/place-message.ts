import { ElMessage } from 'element-plus';
import { useI18n } from 'vue-i18n';
import { answer, api } from '../../../api/client.ts';
import { useIntentions } from '../../../elements/intention.ts';
import { onceWritten } from '../../../elements/once-written.ts';
import { useAsking } from '../../../elements/refusal.ts';
import type { AppealDraft } from './appeal.ts';

/** Address, telephone and hours of a place, to the citizen of the call by message; `told`: the call may be answered by it. */
export function usePlaceMessage(
  call: { readonly callId: string; readonly type: AppealDraft['type'] },
  told: () => void,
) {
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
            body: { callId: call.callId, type: call.type || 'ENQUIRY' },
          }),
        ),
      );
      wishes.done(placeId);
      told();
      ElMessage({
        type: message === 'unreachable' ? 'warning' : 'success',
        message: t(`desk.form.message.${message}`),
      });
    });
  return { busy, refusal, send };
}
