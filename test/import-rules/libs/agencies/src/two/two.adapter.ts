// breaks: agencies-imports
import { store } from '../../../persistence/src/store';

export const two = store;
