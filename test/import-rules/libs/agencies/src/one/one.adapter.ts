// breaks: agencies-do-not-know-each-other
import { two } from '../two/two.adapter';

export const one = two;
