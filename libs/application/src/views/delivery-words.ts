import {
  type DeliveryDocument,
  type DeliveryPlan,
  deliveryPlans,
  type EngineSettings,
  type HouseholdPaper,
  type PostagePayer,
  PRODUCERS,
  promisedDays,
  promiseKey,
} from '@birth/domain';
import type { Locale } from '../caller';
import type { PlannedDelivery } from '../shapes/intake-shapes';
import { documentName } from './words';

type Words<K extends string> = Readonly<Record<K, string>>;

const HOUSEHOLD: Record<Locale, Words<HouseholdPaper>> = {
  'zh-CN': {
    original_first: '派出所收到出生医学证明原件（副页）后才办理户口登记，证明签发后请尽快送交或寄出',
    at_pickup: '户口登记先行办理，领取户口页时请携带出生医学证明和户口簿，派出所当场留存副页',
    none: '派出所使用电子出生医学证明，无需提交纸质证明',
  },
  en: {
    original_first:
      'The police register once they have the certificate itself; take or post it there when it is issued',
    at_pickup: 'The police register first; bring the certificate and the household book when you fetch the page',
    none: 'The police use the electronic certificate; no paper is needed',
  },
};

const POSTAGE: Record<Locale, Words<PostagePayer>> = {
  'zh-CN': { recipient: '邮费到付，由收件人支付', county: '邮费由县里承担' },
  en: { recipient: 'The recipient pays the postage', county: 'The county pays the postage' },
};

const HOW: Record<Locale, Words<'self' | 'mail' | 'book'>> = {
  'zh-CN': {
    self: '办好后到承办机构窗口领取',
    mail: '办好后寄到您填写的地址，寄往同一地址的证件合并邮寄',
    book: '请先把户口簿寄到派出所，打印后寄回',
  },
  en: {
    self: 'Fetched at the office once it is done',
    mail: 'Posted to your address once it is done; what goes to one address travels together',
    book: 'Please post the household book to the station first; it comes back printed',
  },
};

export const householdPaperView = ({ householdPaper: when }: EngineSettings, locale: Locale) => ({
  when,
  text: HOUSEHOLD[locale][when],
});

export const postageView = ({ postagePayer: payer }: EngineSettings, locale: Locale) => ({
  payer,
  text: POSTAGE[locale][payer],
});

const daysFor = (settings: EngineSettings, document: DeliveryDocument): number =>
  promisedDays(settings, promiseKey({ code: 'delivery', qualifier: document }));

/** What may be handed out, and how fast. */
export const documentViews = (settings: EngineSettings, locale: Locale) =>
  (Object.keys(PRODUCERS) as DeliveryDocument[]).map((document) => ({
    document,
    name: documentName(document, locale),
    promiseWorkingDays: daysFor(settings, document),
  }));

/** Before filing: what the family wished, what it has to do for it, and who pays. */
export const plannedDeliveries = (
  form: Parameters<typeof deliveryPlans>[0],
  settings: EngineSettings,
  locale: Locale,
): PlannedDelivery[][] => deliveryPlans(form).map((plans) => plans.map((plan) => plannedView(plan, settings, locale)));

function plannedView(plan: DeliveryPlan, settings: EngineSettings, locale: Locale): PlannedDelivery {
  const { document, mode, paper } = plan;
  const book = paper === 'household_book' ? [HOW[locale].book] : [];
  const postage = mode === 'mail' ? [POSTAGE[locale][settings.postagePayer]] : [];
  const said = [...book, HOW[locale][mode], ...postage];
  const name = documentName(document, locale);
  const promiseWorkingDays = daysFor(settings, document);
  return { document, name, mode, promiseWorkingDays, text: said.join(locale === 'en' ? '. ' : '；') };
}
