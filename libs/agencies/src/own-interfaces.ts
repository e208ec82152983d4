import type { AgencyAdapter } from '@birth/application';
import type { AgencyCode } from '@birth/domain';
import { type Clock, readConfig } from '@birth/platform';
import { DiseaseControlAdapter } from './disease-control/disease-control.adapter';
import { DiseaseControlConfig } from './disease-control/disease-control.config';
import { HealthCommissionAdapter } from './health-commission/health-commission.adapter';
import { HealthCommissionConfig } from './health-commission/health-commission.config';
import { HumanResourcesAdapter } from './human-resources/human-resources.adapter';
import { HumanResourcesConfig } from './human-resources/human-resources.config';
import type { KeyPair } from './kit/key-pair';
import { MedicalInsuranceAdapter } from './medical-insurance/medical-insurance.adapter';
import { MedicalInsuranceConfig } from './medical-insurance/medical-insurance.config';
import { PublicSecurityAdapter } from './public-security/public-security.adapter';
import { PublicSecurityConfig } from './public-security/public-security.config';
import { TaxAdministrationAdapter } from './tax-administration/tax-administration.adapter';
import { TaxAdministrationConfig } from './tax-administration/tax-administration.config';

/** Where the agency is and by which secrets and keys it is spoken to. */
export interface InterfaceAccess {
  /** Environment variables of this agency's configuration; the others' need not be there. */
  env: NodeJS.ProcessEnv;
  clock: Clock;
  keys: KeyPair;
}

const MAKERS: Record<AgencyCode, (access: InterfaceAccess) => AgencyAdapter> = {
  'health-commission': ({ env, clock }) => new HealthCommissionAdapter(readConfig(HealthCommissionConfig, env), clock),
  'disease-control': ({ env, clock }) => new DiseaseControlAdapter(readConfig(DiseaseControlConfig, env), clock),
  'public-security': ({ env, clock, keys }) =>
    new PublicSecurityAdapter(readConfig(PublicSecurityConfig, env), clock, keys),
  'medical-insurance': ({ env, clock, keys }) =>
    new MedicalInsuranceAdapter(readConfig(MedicalInsuranceConfig, env), clock, keys),
  'human-resources': ({ env, clock }) => new HumanResourcesAdapter(readConfig(HumanResourcesConfig, env), clock),
  'tax-administration': ({ env, clock }) =>
    new TaxAdministrationAdapter(readConfig(TaxAdministrationConfig, env), clock),
};

/** The adapter of one agency's own interface, outside of a running platform. */
export const interfaceOf = (agency: AgencyCode, access: InterfaceAccess): AgencyAdapter => MAKERS[agency](access);
