import 'element-plus/dist/index.css';
import 'element-plus/theme-chalk/dark/css-vars.css';
import './shell/look.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { addressBook } from './addresses.ts';
import { useLive } from './live/live.ts';
import { useSession } from './session/session.ts';
import { learnHotline } from './words/hotline.ts';
import { words } from './words/words.ts';

const app = createApp(App);
app.use(createPinia());
app.use(words);
// Beside all else: no page waits for the number that it names.
void learnHotline();
const addresses = addressBook(useSession(), () => useLive().ownCall !== null);
app.use(addresses);
// Before the first address is resolved nothing is shown, lest a stranger's page begin what only a signed-in one may.
await addresses.isReady();
app.mount('#console');
