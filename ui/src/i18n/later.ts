// Takes in the words of the pages that are read when they are first opened; each of them reads
// this before anything else.

import { messages } from '../locales/later.en.po';
import { addTexts } from './text.tsx';

addTexts(messages);
