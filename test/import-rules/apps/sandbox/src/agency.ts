// breaks: sandbox-shares-no-mistakes
import { two } from '../../../libs/agencies/src/two/two.adapter';

export const agency = two;
