import {
  ACCEPTED_AT,
  AGENCIES,
  type DeliveryDocument,
  ENDINGS,
  HOUSEHOLD_PAPER,
  INSURANCE_BASES,
  OFFICE_KINDS,
  PAPERS,
  POSTAGE_PAYERS,
  PREMIUM_PAYERS,
  PRODUCERS,
  REASONS,
  ROUTES,
  SERVICE_CODES,
  STEP_CODES,
  STEP_MODES,
} from '@birth/domain';
import {
  either,
  flag,
  list,
  moment,
  named,
  nothing,
  object,
  oneOf,
  type Of,
  orNull,
  text,
  uuid,
  whole,
} from '@birth/platform';

export const FindingShape = named(
  'Finding',
  object({ pointer: text('RFC 6901, into the form'), code: text('Stable'), message: text('For people') }),
);
export type FindingView = Of<typeof FindingShape>;

const planned = { code: oneOf(SERVICE_CODES), name: text() };
const StepPlanShape = named(
  'StepPlan',
  either(
    object({
      ...planned,
      applies: flag(),
      mode: oneOf(STEP_MODES),
      route: oneOf(ROUTES),
      officeKind: oneOf(OFFICE_KINDS),
      acceptedAt: orNull(oneOf(ACCEPTED_AT)),
      papers: list(oneOf(PAPERS)),
      basis: orNull(oneOf(INSURANCE_BASES)),
      needsConfirmation: flag(),
      ifRefused: list(
        object({
          code: oneOf(SERVICE_CODES),
          becomes: oneOf(ENDINGS),
          text: text('What follows for this step when that one is refused or withdrawn'),
        }),
      ),
    }),
    object({ ...planned, applies: flag(), reason: oneOf(REASONS), reasonText: text() }),
  ),
);
export type StepPlanView = Of<typeof StepPlanShape>;

/** When the police want to see the certificate itself, and what that means for the family. */
const HouseholdPaperShape = named('HouseholdPaper', object({ when: oneOf(HOUSEHOLD_PAPER), text: text() }));
const PostageShape = named('Postage', object({ payer: oneOf(POSTAGE_PAYERS), text: text() }));
const DOCUMENTS = Object.keys(PRODUCERS) as DeliveryDocument[];
const PlannedDeliveryShape = named(
  'PlannedDelivery',
  object({
    document: oneOf(DOCUMENTS),
    name: text(),
    mode: oneOf(['self', 'mail']),
    promiseWorkingDays: whole(),
    text: text('What the family does, and who pays'),
  }),
);
export type PlannedDelivery = Of<typeof PlannedDeliveryShape>;

/** What an insurance costs this newborn before anything is filed (P11). Money in fen. */
const InsuranceOfferShape = named(
  'InsuranceOffer',
  object({
    years: list(
      object({
        year: whole(),
        isAsked: flag(),
        payer: oneOf(PREMIUM_PAYERS),
        amountFen: orNull(whole()),
      }),
    ),
    text: text(),
  }),
);
export type InsuranceOffer = Of<typeof InsuranceOfferShape>;

export const CheckShape = named(
  'Check',
  object({
    errors: list(FindingShape),
    warnings: list(FindingShape),
    newborns: list(
      object({
        index: whole(),
        steps: list(StepPlanShape),
        deliveries: list(PlannedDeliveryShape),
        insurance: orNull(InsuranceOfferShape),
      }),
    ),
    householdPaper: HouseholdPaperShape,
  }),
);
export type CheckResult = Of<typeof CheckShape>;

const ServiceShape = named(
  'Service',
  object({
    code: oneOf(SERVICE_CODES),
    order: whole(),
    name: text(),
    agency: oneOf(AGENCIES),
    agencyName: text(),
    dependsOn: list(oneOf(STEP_CODES)),
    promiseWorkingDays: whole(),
    statutoryLimit: orNull(oneOf(['one_month', 'ninety_days'])),
    materials: list(oneOf(PAPERS)),
    waivedBy: text('What spares the family the papers: data_share or e_licence'),
  }),
);
/** Born so many days before the next year, a child may be insured for both (P11). Money in fen. */
const InsuranceRulesShape = named(
  'InsuranceRules',
  object({
    nextYearWithinDays: whole(),
    premiums: list(object({ year: whole(), tier: text(), birthYear: flag(), amountFen: whole() })),
    subsidies: list(object({ category: text(), share: oneOf(['full', 'partial']) })),
  }),
);

export const ServicesShape = named(
  'Services',
  object({
    definitionVersion: text(),
    overallPromiseWorkingDays: whole(),
    services: list(ServiceShape),
    householdPaper: HouseholdPaperShape,
    postage: PostageShape,
    documents: list(object({ document: oneOf(DOCUMENTS), name: text(), promiseWorkingDays: whole() })),
    insurance: InsuranceRulesShape,
    declarations: list(
      object({ code: text(), version: text(), text: text('What is declared, in the language asked for') }),
    ),
    offices: list(
      object({
        code: text(),
        agency: oneOf(AGENCIES),
        kind: oneOf(OFFICE_KINDS),
        name: text(),
        town: text('GB/T 10114'),
        phone: text(),
        address: text(),
        hours: text(),
        bankCode: orNull(text()),
      }),
    ),
  }),
);
export type Services = Of<typeof ServicesShape>;

export const BirthRecordPageShape = named(
  'BirthRecordPage',
  object({
    items: list(
      named(
        'BirthRecord',
        object({
          id: uuid(),
          hospitalOfficeCode: text(),
          outcome: oneOf(['live', 'died_after']),
          sex: oneOf(['male', 'female']),
          bornAt: moment(),
          plurality: whole(),
          deliveryOrder: whole(),
          isFiled: flag(),
        }),
      ),
    ),
    nextCursor: nothing(),
  }),
);
export type BirthRecordPage = Of<typeof BirthRecordPageShape>;

export const MaterialShape = named(
  'Material',
  object({ id: uuid(), mediaType: oneOf(['image/jpeg', 'image/png', 'application/pdf']), bytes: whole() }),
);
export type MaterialView = Of<typeof MaterialShape>;
