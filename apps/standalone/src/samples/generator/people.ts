import type { ParentForm } from '@birth/domain';
import { residentIdCheckCharacter } from '@birth/standards';
import type { SampleBirth } from '../sample';
import type { SeededRandom } from './random';

/** Shares of surnames in eastern Chongqing, towns by size, hospitals by births, hours of birth as hospitals report them. */
const SURNAMES = [
  ['李', 90],
  ['王', 70],
  ['张', 75],
  ['刘', 60],
  ['陈', 62],
  ['杨', 48],
  ['谭', 40],
  ['向', 38],
  ['彭', 25],
  ['冉', 20],
  ['黄', 30],
  ['周', 28],
  ['熊', 18],
  ['牟', 12],
  ['易', 8],
  ['欧阳', 2],
] as const;
const GIVEN_F =
  '芳 敏 静 丽 艳 娟 霞 秀英 桂英 玉兰 雨桐 欣怡 梓涵 诗涵 思琪 佳怡 婷婷 雪梅 春燕 晓梅 若溪 可馨 语彤 静怡 美琳 依诺 子涵 心悦 雅雯 一诺'.split(
    ' ',
  );
const GIVEN_M =
  '强 伟 军 勇 涛 斌 浩然 子轩 宇航 俊杰 建国 志强 家豪 明辉 天佑 文博 梓豪 国平 小龙 正华 一鸣 浩宇 梓睿 皓轩 嘉懿 瑾瑜 泽洋 博文 致远 鑫磊'.split(
    ' ',
  );
const TOWNS = [
  ['500235001', '双江街道', 30],
  ['500235002', '青龙街道', 18],
  ['500235003', '人和街道', 10],
  ['500235004', '盘龙街道', 8],
  ['500235115', '江口镇', 9],
  ['500235112', '南溪镇', 8],
  ['500235110', '凤鸣镇', 6],
  ['500235118', '云阳镇', 5],
] as const;
const HOSPITALS = [
  ['YYH001', 55],
  ['YYH002', 25],
  ['YYH004', 12],
  ['YYH005', 8],
] as const;
const HOURS = [
  [8, 9],
  [9, 11],
  [10, 11],
  [11, 8],
  [14, 7],
  [15, 8],
  [16, 7],
  [2, 4],
  [5, 4],
  [20, 4],
  [23, 3],
] as const;

export interface Place {
  town: string;
  name: string;
}

export const placeOf = (random: SeededRandom): Place => {
  const [town, name] = random.weighted(TOWNS.map((entry) => [entry, entry[2]] as const));
  return { town, name };
};

export const surnameOf = (random: SeededRandom): string => random.weighted(SURNAMES);
export const givenName = (random: SeededRandom, sex: 'male' | 'female'): string =>
  random.pick(sex === 'male' ? GIVEN_M : GIVEN_F);

/** A number of nobody; the samples' spec finds two people who share one. */
export function residentId(random: SeededRandom, sex: 'male' | 'female', region = '500235'): string {
  const date = `${random.whole(1986, 2003)}${String(random.whole(1, 12)).padStart(2, '0')}${String(random.whole(1, 28)).padStart(2, '0')}`;
  const order =
    String(random.whole(0, 99)).padStart(2, '0') + String(random.whole(0, 4) * 2 + (sex === 'male' ? 1 : 0));
  const first = region + date + order;
  return first + residentIdCheckCharacter(first);
}

export function parent(
  random: SeededRandom,
  sex: 'male' | 'female',
  place: Place,
  surname = surnameOf(random),
): ParentForm {
  const address = `重庆市云阳县${place.name}示例路${random.whole(1, 200)}号`;
  return {
    name: surname + givenName(random, sex),
    identity: { type: 'resident_id_card', number: residentId(random, sex) },
    ethnicity: '01',
    nationality: 'CHN',
    mobile: `1${random.pick(['38', '39', '77', '86', '99'])}0000${String(random.whole(0, 9999)).padStart(4, '0')}`,
    household: { region: place.town, kind: 'family', address },
    residence: { region: place.town, address },
  };
}

export function birth(
  random: SeededRandom,
  daysAgo: number,
  sex: 'male' | 'female',
  { order, plurality } = { order: 1, plurality: 1 },
): SampleBirth {
  const weeks = random.whole(plurality > 1 ? 34 : 37, plurality > 1 ? 37 : 41);
  const weight = Math.round(random.normal(plurality > 1 ? 2450 : 3270, 380) / 10) * 10;
  return {
    office: random.weighted(HOSPITALS),
    sex,
    daysAgo,
    time: `${String(random.weighted(HOURS)).padStart(2, '0')}:${String(random.whole(0, 59)).padStart(2, '0')}`,
    plurality,
    deliveryOrder: order,
    weightGrams: Math.min(4800, Math.max(1500, weight)),
    lengthCm: Math.round(random.normal(50, 1.6) * 10) / 10,
    gestationalWeeks: weeks,
    gestationalDays: random.whole(0, 6),
    outcome: 'live',
    notified: 'before',
  };
}
