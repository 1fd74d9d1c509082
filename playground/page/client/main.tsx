import { render } from 'preact';
import { App } from './app';
import { rememberedTheme, showTheme } from './theme';

showTheme(rememberedTheme());
const root = document.getElementById('page');
if (root !== null) render(<App />, root);
