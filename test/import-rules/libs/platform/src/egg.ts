// breaks: no-circular
import { hen } from './hen';

export const egg = () => hen;
