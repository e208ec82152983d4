// breaks: domain-imports
import { store } from '../../persistence/src/store';

export const stored = store;
