// breaks: verifier-needs-nothing
import { two } from '../../../libs/agencies/src/two/two.adapter';

export const believed = two;
