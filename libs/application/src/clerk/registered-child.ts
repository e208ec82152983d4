import { isOfCounter, Refused, type StepRecord } from '@birth/domain';
import { Problem } from '@birth/platform';
import { isBirthCertificateNumber } from '@birth/standards';
import { differencesOf } from '../agency/registered-child';
import type { RecordsTaken } from '../births/waiting-newborns';
import type { LoadedCase, SectionWrite } from '../ports/case-store';
import type { OlderResult } from '../ports/dossier';
import type { Attachments } from '../step-transitions';

/** A clerk has compared what an agency registered: its result is the step's, and its name the child's (P14, P15). */
export function registeredChild(loaded: LoadedCase, step: StepRecord, confirmed: boolean): RecordsTaken {
  const { id: stepId, newbornIndex } = step;
  if (!confirmed && isOfCounter(step)) {
    return { events: [{ type: 'clerk_verified', stepId, confirmed }], attachments: {} };
  }
  const registered = loaded.open(newbornIndex, ['olderResults']).olderResults?.[stepId];
  // a register that only says that something differs has nothing to go on with
  if (registered === undefined || Object.keys(registered.results).length === 0) {
    throw new Refused('agency_must_correct');
  }
  const { receipt, results } = registered;
  const names = renamed(loaded, step, registered);
  const differs = differencesOf(registered, step, loaded);
  return {
    events: [{ type: 'clerk_verified', stepId, confirmed, differs, isRenamed: names.length > 0 }],
    attachments: {
      sections: [{ newbornIndex, section: 'results', value: results }, ...names],
      ...(receipt === null ? {} : { secrets: [{ stepId, receipt, agencyText: null }] }),
    },
  };
}

/** What is sent from now on bears the registered name. */
function renamed(loaded: LoadedCase, { newbornIndex }: StepRecord, { results }: OlderResult): SectionWrite[] {
  const { name } = loaded.open(newbornIndex, ['name']);
  const registered =
    results.household_registration?.registeredName ?? results.birth_certificate?.registeredName ?? null;
  if (name === null || !registered || registered === name.surname + name.given) return [];
  return [{ newbornIndex, section: 'name', value: { ...name, ...partsOf(registered, name.surname) } }];
}

/** With the surname that was chosen where the registered name begins with it. */
function partsOf(registered: string, surname: string): { surname: string; given: string } {
  const length = registered.startsWith(surname) ? surname.length : (registered.match(/^./u)?.[0].length ?? 0);
  return { surname: registered.slice(0, length), given: registered.slice(length) };
}

/** The hospital has issued another certificate: it bears the child's present name, and a number where the clerk gives one. */
export function reissued(loaded: LoadedCase, stepId: string, certificateNumber: string | undefined): Attachments {
  const step = loaded.state.steps.find(({ id }) => id === stepId);
  if (step?.code !== 'birth_certificate') return mustHaveNoNumber(certificateNumber);
  if (certificateNumber !== undefined && !isBirthCertificateNumber(certificateNumber)) {
    throw new Problem(422, 'form_invalid', { errors: [{ pointer: '/certificateNumber', code: 'bad_format' }] });
  }
  const { name, results } = loaded.open(step.newbornIndex, ['name', 'results']);
  const issued = results.birth_certificate;
  if (issued === undefined) return {};
  const birth_certificate = {
    ...issued,
    ...(certificateNumber === undefined ? {} : { certificateNumber }),
    ...(name === null ? {} : { registeredName: name.surname + name.given }),
  };
  return { sections: [{ newbornIndex: step.newbornIndex, section: 'results', value: { birth_certificate } }] };
}

function mustHaveNoNumber(certificateNumber: string | undefined): Attachments {
  if (certificateNumber === undefined) return {};
  throw new Problem(422, 'form_invalid', { errors: [{ pointer: '/certificateNumber', code: 'unknown_property' }] });
}
