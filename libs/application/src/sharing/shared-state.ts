import type { Insured, SharedState, SharedValues, StepCode } from '@birth/domain';
import type { LoadedCase } from '../ports/case-store';
import type { DossierSections, StepResults } from '../ports/dossier';
import { bornOnOf } from '../births/recorded-birth';

type Known = Pick<DossierSections, 'birth' | 'name' | 'mother' | 'father' | 'results'>;
const KNOWN = ['birth', 'name', 'mother', 'father', 'results'] as const;

/** What is so of a newborn now, in the words of the catalogue; nothing of it is sent before its own fact is so (P19). */
export function sharedState(loaded: LoadedCase, newbornIndex: number): SharedState {
  const known = loaded.open(newbornIndex, KNOWN);
  const newborn = loaded.state.newborns.find(({ index }) => index === newbornIndex);
  const values = { ...whoItIs(known, newborn?.bornOn ?? null), ...brought(known) };
  const isDone = (code: StepCode): boolean =>
    loaded.state.steps.some(
      (step) => step.newbornIndex === newbornIndex && step.code === code && step.state === 'completed',
    );
  const insurance = loaded.state.steps.find(
    (step) => step.newbornIndex === newbornIndex && step.code === 'medical_insurance',
  );
  const { birth_certificate: certificate, household_registration: household } = known.results;
  return {
    ...when(known.birth !== null, { birth_recorded: values }),
    ...when(isDone('birth_certificate') && certificate !== undefined, { certificate_issued: values }),
    ...when(isDone('household_registration') && household !== undefined, { registered: values }),
    ...when(isDone('medical_insurance') && isCovered(insurance?.insured ?? null), { insured: values }),
    ...when(newborn !== undefined && newborn.deathReportedAt !== null, { died: values }),
  };
}

const when = (isSo: boolean, fact: SharedState): SharedState => (isSo ? fact : {});

/** Registered is not yet insured: a year is paid or needs no payment, or a guardian's insurance covers it (P11). */
const isCovered = (insured: Insured | null): boolean =>
  insured !== null &&
  insured.endedAt === null &&
  (insured.mode === 'with_guardian' || insured.years.some(({ coverage }) => coverage !== null));

const whoItIs = (known: Known, bornOn: string | null): SharedValues => ({
  ...child(known, bornOn),
  motherName: known.mother?.name ?? null,
  motherIdNumber: residentNumber(known.mother),
  fatherName: known.father?.name ?? null,
  fatherIdNumber: residentNumber(known.father),
});

const child = ({ birth, name, results }: Known, bornOn: string | null): SharedValues => ({
  childName: registeredName(results) ?? (name && name.surname + name.given),
  childSex: birth && birth.sex,
  childBornOn: birth === null ? bornOn : bornOnOf(birth),
  birthInstitution: birth && birth.hospitalOfficeCode,
});

/** The police's word before the hospital's. */
const registeredName = ({ household_registration: household, birth_certificate: certificate }: StepResults) =>
  household?.registeredName ?? certificate?.registeredName;

const residentNumber = (parent: Known['mother']): string | null =>
  parent?.identity.type === 'resident_id_card' ? parent.identity.number : null;

const brought = ({ results }: Known): SharedValues => ({
  ...ofCertificate(results.birth_certificate),
  ...ofHousehold(results.household_registration),
  ...ofInsurance(results.medical_insurance),
});

const ofCertificate = (certificate: StepResults['birth_certificate']): SharedValues =>
  certificate === undefined
    ? {}
    : { certificateNumber: certificate.certificateNumber, certificateIssuedOn: certificate.issuedOn };

const ofHousehold = (household: StepResults['household_registration']): SharedValues =>
  household === undefined
    ? {}
    : {
        residentIdNumber: household.residentIdNumber,
        householdAddress: household.address,
        registeredOn: household.registeredOn,
        registeredAt: household.stationName,
      };

const ofInsurance = (insurance: StepResults['medical_insurance']): SharedValues =>
  insurance === undefined ? {} : { insuredOn: insurance.insuredOn, insuranceArea: insurance.areaCode };
