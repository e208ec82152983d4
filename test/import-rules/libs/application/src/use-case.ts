// breaks: application-imports
import { store } from '../../persistence/src/store';

export const useCase = store;
