import { createDecipheriv } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { until } from '../../../apps/standalone/src/embedded/until';
import { CompiledSandbox, type SandboxProcess } from '../../../apps/sandbox/test/sandbox-process';
import { fieldList, words } from '../../../libs/agencies/src/kit/requests.spec-support';
import { type Passed, WireTap } from '../../support/wire-tap';
import { AGENCY_LINES, type AgencyLine, keysIn, SM4_KEY, someRequest } from './agency-lines';

const GATEWAY = words('x-tif-paasid x-tif-timestamp x-tif-nonce x-tif-signature');
const PERSON = 'data.psn_cert_type data.certno data.psn_name';
const PRE_CHECK = `${PERSON} data.insu_admdvs data.insutype data.years`;

/** Everything that the other side receives of a family which said everything: call by call, field by field. */
const GOLDEN: Record<string, { headers: string[]; calls: Record<string, string[]> }> = {
  'health-commission': {
    headers: [...GATEWAY, 'idempotency-key'],
    calls: {
      'POST /gateway/birth-certificates': words(`supplementOf officeCode pickupMode
        newborn.name newborn.sexCode newborn.birthTime newborn.gestationWeeks newborn.gestationDays newborn.weight
        newborn.length newborn.birthCount newborn.birthOrder newborn.birthPlaceRegion newborn.birthPlaceType
        newborn.deliveryRecordNo
        mother.name mother.idType mother.idNo mother.nationality mother.ethnicityCode mother.address
        father.name father.idType father.idNo father.nationality father.ethnicityCode father.address`),
      'GET /gateway/birth-certificates/:key': [],
    },
  },
  'disease-control': {
    headers: GATEWAY,
    calls: {
      'POST /api/v1/children': words(`supplementOf unitCode childName sexCode birthTime birthCount birthOrder
        birthWeight birthHospitalCode birthCertificateNo personId motherName motherIdType motherIdNo
        fatherName fatherIdType fatherIdNo guardianMobile residenceRegion residenceAddress`),
    },
  },
  'public-security': {
    headers: words('content-digest signature signature-input'),
    calls: {
      'PUT /exchange/zzj_csdj/:key': words(`postid bcpc yywlsh csdjlb xm xsly xb mz gj csrq cssj csdssxq dtsl dtxh
        cszmbh cszqfrq cszqfjg lhsfz hzxm hzgmsfhm yhzgx hklb hkszdssxq hkszdxz pcs
        fqxm fqzjlx fqzjhm fqmz fqgj mqxm mqzjlx mqzjhm mqmz mqgj
        jhryxm jhryzjhm jhrylxdh jhrygx jhrexm jhrezjhm jhrelxdh jhregx sbrxm sbrzjhm sbrlxdh sbrgx fmhyqk`),
      'GET /exchange/zzj_csdj/:key': [],
    },
  },
  'medical-insurance': {
    headers: [],
    calls: {
      'POST /fsi/api 1101': words(PERSON),
      'POST /fsi/api 1901': words(PRE_CHECK),
      'POST /fsi/api 2901': words(`${PRE_CHECK} data.bizsn data.supplement_of data.gend data.brdy data.emp_no
        data.insu_mode data.paylv data.subs_type data.grdn_name data.grdn_cert_type data.grdn_certno data.grdn_tel`),
      'POST /fsi/api 1902': ['data.psn_no'],
      'POST /fsi/api 1903': ['data.bizsn'],
    },
  },
  'human-resources': {
    headers: [],
    calls: {
      'POST /service/card-applications': words(`request.head.bizCode request.head.serialNo request.head.sendTime
        request.body.YRECORDNO request.body.AAB034 request.body.AAC002 request.body.AAC003 request.body.AAC004
        request.body.AAC005 request.body.AAC006 request.body.AAC161 request.body.AAC001 request.body.AAB301
        request.body.AAE008 request.body.LQFS request.body.YJSJR request.body.YJDH request.body.YJDZ
        request.body.JHRXM request.body.JHRZJLX request.body.JHRZJHM request.body.JHRDH`),
      'GET /service/card-applications?key=:key': [],
    },
  },
  'tax-administration': {
    headers: [...GATEWAY, 'idempotency-key'],
    calls: {
      'POST /social-premiums/notices': words(`supplementOf officeCode personNo certType certNo name feeType feeYear
        payLevel regionCode subsidyCode`),
    },
  },
};
const OF_EVERY_CALL = words('accept connection host content-type content-length');
/** What only the police may learn, and what nobody may: marriage, parity, fertility registration. */
const FOR_THE_POLICE_ALONE = /not_stated|"fmhyqk"|marri|结婚|婚姻/iu;
const FOR_NOBODY = /parity|fertility|孩次|生育登记|准生/iu;

const compiled = new CompiledSandbox();
let sandbox: SandboxProcess;
let tap: WireTap;
beforeAll(async () => {
  sandbox = await compiled.start({ SANDBOX_PACE_MS: '400', PLATFORM_URL: 'http://127.0.0.1:9' });
  tap = await WireTap.to(sandbox.url);
});
afterEach(() => tap.quiet());
afterAll(async () => {
  tap.close();
  sandbox.child.kill('SIGTERM');
  await sandbox.exited;
  compiled.remove();
});

/** Opened by the agreed key, as the agency opens it. */
function opened(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('sm4-cbc', Buffer.from(SM4_KEY, 'hex'), bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
}

interface Call {
  name: string;
  fields: string[];
  text: string;
}

function callOf({ method, path, body }: Passed, { agency, media }: AgencyLine, key: string): Call {
  const name = `${method} ${path.replace(`/${agency}`, '').replace(key, ':key')}`;
  const text = body.toString('utf8');
  if (text === '') return { name, fields: [], text };
  if (media === 'application/xml') {
    const { '?xml': _declaration, ...document } = new XMLParser().parse(text) as Record<string, unknown>;
    return { name, fields: fieldList(document).sort(), text };
  }
  const value = JSON.parse(text) as { infno?: string; encinput?: string };
  if (value.encinput === undefined) return { name, fields: fieldList(value).sort(), text };
  const input = opened(value.encinput);
  return { name: `${name} ${value.infno}`, fields: fieldList(JSON.parse(input)).sort(), text: input };
}

describe.each(AGENCY_LINES)('what $agency really receives', (line: AgencyLine) => {
  const { agency, code } = line;
  const { calls, headers } = GOLDEN[agency]!;

  it('is the agreed fields of each call, and no other', async () => {
    const request = someRequest(code);
    const adapter = line.adapter(`${tap.url}/${agency}`, keysIn(compiled.directory));
    const first = await adapter.submit(request);
    const isDone = async () => {
      const answer = await adapter.check!(request, Date.now() + 1_500);
      return answer !== 'not_found' && answer.kind === 'completed';
    };
    if (first.kind === 'accepted') await until(isDone, 10_000, 'the end');
    const received = tap.passed.map((passed) => callOf(passed, line, request.key));
    const seen = Object.fromEntries(received.map(({ name, fields }) => [name, fields]));
    expect(seen).toEqual(calls);
    const text = received.map((call) => call.text).join('\n');
    expect(text).not.toMatch(FOR_NOBODY);
    if (agency !== 'public-security') expect(text).not.toMatch(FOR_THE_POLICE_ALONE);
    const names = new Set(tap.passed.flatMap((passed) => Object.keys(passed.headers)));
    expect([...names].filter((name) => !OF_EVERY_CALL.includes(name)).sort()).toEqual([...headers].sort());
  });
});
