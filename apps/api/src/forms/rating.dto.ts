import type { RatingLevel } from '@birth/domain';
import { Nested, Text, Whole } from './fields';

const Level = (options: { optional?: boolean; description?: string } = { optional: true }) => Whole(1, 5, options);

export class RatingAspectsDto {
  @Level({ optional: true, description: '办事效率' }) efficiency?: RatingLevel;
  @Level({ optional: true, description: '办事指南精确度' }) guideAccuracy?: RatingLevel;
  @Level({ optional: true, description: '办事便捷度' }) convenience?: RatingLevel;
  @Level({ optional: true, description: '平台操作性' }) platformUse?: RatingLevel;
  @Level({ optional: true, description: '窗口服务效率' }) windowEfficiency?: RatingLevel;
  @Level({ optional: true, description: '窗口服务水平' }) windowSkill?: RatingLevel;
  @Level({ optional: true, description: '窗口服务态度' }) windowAttitude?: RatingLevel;
}

export class RatingDto {
  @Level({ description: '5 very satisfied … 1 very dissatisfied' }) level: RatingLevel;
  @Nested(() => RatingAspectsDto, { optional: true }) aspects?: RatingAspectsDto;
  @Text(500, { optional: true }) text?: string;
}
