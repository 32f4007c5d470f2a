import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { mount } from './app/mount.tsx';
import { tauriBackend } from './backend/tauri.ts';

mount(tauriBackend());
