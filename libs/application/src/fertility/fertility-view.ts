import type { FertilityOffice, FertilityState } from '@birth/domain';
import type { Locale } from '../caller';
import type { FertilityEntry, FertilityListItem, FertilityRegistration } from '../ports/fertility-store';
import type { FertilityForClerks, FertilityListed, FertilityView } from '../shapes/fertility-shapes';
import { iso, isoOrNull } from '../views/moments';
import { maskName, maskNumber } from '../views/masking';

const WORDS: Readonly<Record<FertilityState, readonly [zh: string, en: string]>> = {
  comparing: ['已登记申报，镇街正在比对信息，您无需操作', 'Declared; the town compares it. Nothing to do for you'],
  evidence_needed: [
    '信息比对不一致。您可以上传能说明情况的证件；没有也没关系，点“没有证件”，由镇街向信息来源地核实',
    'The data differ. Upload a document that explains it, or say that you have none: the town then asks the place of origin',
  ],
  evidence_review: ['已收到您的证件，镇街正在查看', 'Your document has arrived; the town looks at it'],
  coordinated_check: [
    '镇街正在向信息来源地核实，您无需操作',
    'The town asks the place of origin. Nothing to do for you',
  ],
  registered: ['已完成生育登记', 'Registered'],
  not_registered: ['暂未登记，原因见说明；情况变化后可再次申报', 'Not registered, see why; you may declare again'],
};

export const fertilityListView = ({ declaredAt, dueAt, isEscalated, ...item }: FertilityListItem): FertilityListed => ({
  ...item,
  nextAt: isoOrNull(dueAt),
  escalated: isEscalated,
  declaredAt: iso(declaredAt),
});

/** For the declarant: own declaration, where it stands, who has it and until when. */
export function fertilityView(
  found: FertilityRegistration,
  offices: readonly FertilityOffice[],
  locale: Locale,
): FertilityView {
  const { id, record, receiptNumber, declaredAt, form, note, evidence } = found;
  const office = offices.find(({ code }) => code === found.officeCode);
  return {
    id,
    receiptNumber,
    state: record.state,
    words: WORDS[record.state][locale === 'en' ? 1 : 0],
    owner: record.owner,
    nextAt: isoOrNull(record.dueAt),
    escalated: record.isEscalated,
    version: record.version,
    declaredAt: iso(declaredAt),
    office: {
      code: found.officeCode,
      name: office?.name ?? null,
      phone: office?.phone ?? null,
      address: office?.address ?? null,
      hours: office?.hours ?? null,
    },
    note,
    evidence,
    form,
  };
}

/** For the office: people masked, nothing that the comparison does not need. */
export function fertilityClerkView(
  found: FertilityRegistration,
  entries: readonly FertilityEntry[],
): FertilityForClerks {
  const { id, record, receiptNumber, declaredAt, form, note, evidence, officeCode } = found;
  const masked = (person: typeof form.mother | null) =>
    person === null ? null : { name: maskName(person.name), identityNumber: maskNumber(person.identity.number) };
  const { parity, expectedOn, bornOn, declarant } = form;
  return {
    id,
    receiptNumber,
    officeCode,
    state: record.state,
    owner: record.owner,
    nextAt: isoOrNull(record.dueAt),
    escalated: record.isEscalated,
    version: record.version,
    declaredAt: iso(declaredAt),
    declared: { declarant, parity, expectedOn, bornOn, mother: masked(form.mother), father: masked(form.father) },
    evidence: evidence.length,
    note,
    events: entries.map(({ at, actorId: _actorId, ...entry }) => ({ ...entry, at: iso(at) })),
  };
}
