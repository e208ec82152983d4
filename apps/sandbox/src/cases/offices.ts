import type { Agency } from '../agencies';

/** How each agency signs its papers. */
export const AGENCY_NAMES: Readonly<Record<Agency, string>> = {
  'health-commission': '云阳县卫生健康委员会',
  'disease-control': '云阳县疾病预防控制中心',
  'public-security': '云阳县公安局',
  'medical-insurance': '云阳县医疗保障局',
  'human-resources': '云阳县人力资源和社会保障局',
  'tax-administration': '国家税务总局云阳县税务局',
};
