import type { Stage } from '../cases/stage';
import { isoDate } from '../wire/local-time';

/** The bank opens no account: its word ends the card. */
export const bankRefusal = (now: number): Extract<Stage, { kind: 'refused' }> => ({
  kind: 'refused',
  byBank: true,
  refusal: {
    reason: '银行系统无法显示姓名中的汉字,开户未通过',
    legalBasis: '《人民币银行结算账户管理办法》',
    documentNumber: `渝银卡退〔${isoDate(now).slice(0, 4)}〕1号`,
    office: '合作银行云阳支行',
    remedy: '请改选其他合作银行,或持户口簿到银行网点办理',
  },
});
