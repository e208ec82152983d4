// breaks: apps-do-not-import-apps
import { worker } from '../../worker/src/worker';

export const api = worker;
