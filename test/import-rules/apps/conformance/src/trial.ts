// breaks: conformance-neither-stores-nor-queues
import { called } from '../../../libs/persistence/src/called';

export const stored = called;
