// breaks: no-drawers
import { text } from './utils/text';

export const drawer = text;
