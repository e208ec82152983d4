import { forgetAnswered } from './answered-operations';

export default forgetAnswered;
