// breaks: platform-imports
import { thing } from '../../domain/src/thing';

export const clock = thing;
