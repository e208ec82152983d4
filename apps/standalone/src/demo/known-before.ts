import { certificateNumber, childId } from './known-values';
import type { FamilyRun } from './family-run';

type Run = Pick<FamilyRun, 'sample' | 'real' | 'newbornNames'>;

/** What the registers of the other side hold of a family before it files. */
export function knownBefore(run: Run, filingAt: number): { path: string; body: object }[] {
  const { certificate, insured, vaccinated, resident } = run.sample.known ?? {};
  return [
    ...(certificate ? [{ path: 'health-commission/certificates', body: certificateOf(run) }] : []),
    ...(insured ? [{ path: 'medical-insurance/persons', body: insuredOf(run, filingAt) }] : []),
    ...(vaccinated ? [{ path: 'disease-control/children', body: bedsideRecordOf(run) }] : []),
    ...(resident ? [{ path: 'public-security/persons', body: residentOf(run, filingAt) }] : []),
  ];
}

const certificateOf = ({ sample, real, newbornNames: [name] }: Run) => ({
  certificateNumber: certificateNumber(sample),
  issuedOn: real.bornOn,
  issuer: '绵阳市人民医院',
  newborn: { name, sex: sample.births[0]?.sex, bornAt: real.bornAt[0] },
  motherIdNo: real.form.mother?.identity.number,
});

const insuredOf = ({ sample, real, newbornNames: [name] }: Run, filingAt: number) => ({
  certno: childId(sample, filingAt),
  name,
  sex: sample.births[0]?.sex,
  bornOn: real.bornOn,
  areaCode: '500235',
  insuredOn: real.bornOn,
});

const residentOf = ({ sample, real, newbornNames: [name] }: Run, filingAt: number) => ({
  gmsfhm: childId(sample, filingAt),
  xm: sample.known?.residentName ?? name,
  hh: '500235900001',
  zzdz: '重庆市云阳县双江街道示例路1号',
  pcs: 'YYP001',
  pcsmc: '双江街道派出所',
  djrq: real.bornOn.replaceAll('-', ''),
});

/** The unit writes by itself at the bedside: the child goes by its mother's name. */
function bedsideRecordOf({ sample, real }: Run) {
  const [birth] = sample.births;
  const [bornAt] = real.bornAt;
  const { mother, newborns } = real.form;
  const wish = newborns[0]?.vaccination;
  if (!birth || !bornAt || !wish || mother === null) throw new Error(`${sample.name}: nothing to record`);
  return {
    supplementOf: null,
    unitCode: wish.unitOfficeCode,
    childName: `${mother.name}${birth.sex === 'male' ? '之子' : '之女'}`,
    sexCode: birth.sex === 'male' ? '1' : '2',
    birthTime: `${bornAt.slice(0, 10)} ${bornAt.slice(11, 16)}:00`,
    birthCount: birth.plurality,
    birthOrder: birth.deliveryOrder,
    birthWeight: birth.weightGrams,
    birthHospitalCode: birth.office,
    birthCertificateNo: null,
    personId: null,
    ...{ motherName: mother.name, motherIdType: '01', motherIdNo: mother.identity.number },
    ...{ fatherName: null, fatherIdType: null, fatherIdNo: null },
    guardianMobile: wish.guardianMobile,
    residenceRegion: wish.residenceRegion,
    residenceAddress: wish.residenceAddress,
  };
}
