import type { ExtendedResource } from '../../../../shared/contract/schemas.ts';
import { counted } from '../../format/number.ts';

/** "3 people" who "hold", "1 group" that "holds". */
export function holders(resources: number, type: ExtendedResource): { who: string; hold: string } {
  return {
    who: type === 'User' ? counted(resources, 'person', 'people') : counted(resources, 'group'),
    hold: resources === 1 ? 'holds' : 'hold',
  };
}
