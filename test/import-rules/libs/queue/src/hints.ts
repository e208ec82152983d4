// breaks: queue-imports
import { store } from '../../persistence/src/store';

export const hints = store;
