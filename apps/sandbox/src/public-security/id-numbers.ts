import { Injectable } from '@nestjs/common';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = '10X98765432';

/** Yunyang first; a load test can bear more children on one day than one county has numbers for (GB/T 2260, Chongqing). */
const REGIONS = [
  500235, 500101, 500102, 500103, 500104, 500105, 500106, 500107, 500108, 500109, 500110, 500111, 500112, 500113,
  500114, 500115, 500116, 500117, 500118, 500119, 500120, 500151, 500152, 500153, 500154, 500155, 500156, 500229,
  500230, 500231, 500233, 500236, 500237, 500238, 500240, 500241, 500242, 500243,
];
const PER_REGION = 499;

/** Allots citizen ID numbers (GB 11643): region, birth date, a running number odd for boys, check character. */
@Injectable()
export class IdNumbers {
  private readonly used = new Map<string, number>();

  allot(birthDate: string, sex: 'male' | 'female'): string {
    const index = this.used.get(birthDate + sex) ?? 0;
    const region = REGIONS[Math.floor(index / PER_REGION)];
    if (region === undefined) throw new Error('no ID number left for this day');
    this.used.set(birthDate + sex, index + 1);
    const running = 2 * ((index % PER_REGION) + 1) - (sex === 'male' ? 1 : 0);
    return withCheck(`${region}${birthDate}${String(running).padStart(3, '0')}`);
  }

  /** A number allotted by a former run is not allotted again. */
  remember(birthDate: string, sex: 'male' | 'female'): void {
    this.used.set(birthDate + sex, (this.used.get(birthDate + sex) ?? 0) + 1);
  }
}

function withCheck(seventeen: string): string {
  const sum = [...seventeen].reduce((total, digit, index) => total + Number(digit) * (WEIGHTS[index] ?? 0), 0);
  return seventeen + CHECK.charAt(sum % 11);
}
