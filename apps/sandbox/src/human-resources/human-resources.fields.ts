import { matching, oneOf, text, type Rule, type Shape } from '../wire/field-check';
import { ethnicity, nationality, region6, residentId, sexCode, uuid } from '../wire/codes';

const orEmpty =
  (rule: Rule): Rule =>
  (value) =>
    value === '' || rule(value);
const optional = orEmpty(text());

/** The minimum field set of docs/agencies/wire/human-resources.md. */
export const REQUEST_SHAPE: Shape = {
  request: {
    head: { bizCode: oneOf('SBK01'), serialNo: uuid, sendTime: matching(/^\d{14}$/) },
    body: {
      YRECORDNO: optional,
      AAB034: text(50),
      AAC002: residentId,
      AAC003: text(50),
      AAC004: sexCode,
      AAC005: ethnicity,
      AAC006: matching(/^\d{8}$/),
      AAC161: nationality,
      AAC001: text(30),
      AAB301: region6,
      AAE008: text(30),
      LQFS: oneOf('1', '2'),
      YJSJR: optional,
      YJDH: optional,
      YJDZ: optional,
      JHRXM: text(50),
      JHRZJLX: oneOf('01', '03', '06', '07', '99'),
      JHRZJHM: text(30),
      JHRDH: text(30),
    },
  },
};

export interface CardFields {
  YRECORDNO: string;
  AAC002: string;
  AAC003: string;
  AAC004: string;
  AAC006: string;
  LQFS: string;
  YJSJR: string;
  YJDH: string;
  YJDZ: string;
}

export interface CardRequest {
  request: { head: { serialNo: string }; body: CardFields };
}

/** The address is there with mail, and only then. */
export function addressFault(card: CardFields): string | null {
  const mail = card.LQFS === '2';
  for (const name of ['YJSJR', 'YJDH', 'YJDZ'] as const) if ((card[name] === '') === mail) return name;
  return null;
}

/** `request.body.AAC003` → `AAC003`: the agency names elements, not paths. */
export const elementName = (path: string): string => path.split('.').at(-1) ?? path;
