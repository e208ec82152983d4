// breaks: persistence-imports
import { two } from '../../agencies/src/two/two.adapter';

export const called = two;
