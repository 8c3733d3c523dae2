import { startRinging } from './ring-tone.ts';

const BLINK_MS = 800;

/** A tone, a notice of the desktop, and a title that blinks: until it is stopped. */
export function callAttention(words: string): () => void {
  const quiet = startRinging();
  const notice = showNotice(words);
  const title = document.title;
  let lit = false;
  const blink = window.setInterval(() => {
    lit = !lit;
    document.title = lit ? `☎ ${words}` : title;
  }, BLINK_MS);
  return () => {
    quiet();
    notice?.close();
    window.clearInterval(blink);
    document.title = title;
  };
}

function showNotice(words: string): Notification | null {
  if (!('Notification' in window) || Notification.permission !== 'granted') return null;
  const notice = new Notification(words, { tag: 'yihaotong.call', requireInteraction: true });
  notice.onclick = () => {
    window.focus();
    notice.close();
  };
  return notice;
}

/** To be asked from a click, once; who has said no is not asked again. */
export function askForNotices(): void {
  if ('Notification' in window && Notification.permission === 'default')
    void Notification.requestPermission();
}
