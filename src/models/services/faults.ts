import { quantity } from '../../units/index.ts';
import { defineFault } from '../fault.ts';
import { type Choice, checkChoice, choiceShape, chosenInstances } from './chosen-instances.ts';

export const instanceCrash = defineFault<Choice>({
  fault: 'instance-crash',
  about:
    'Instances die, with all that is under way in them and in their memory. Each is started again on its node as Kubernetes does it: at once, and later each time it dies again within ten minutes; it is ready after the service’s startup. With `for`, only when that is over.',
  shape: choiceShape,
  lasts: 'may',
  check: checkChoice,
  begin: (choice, context) => {
    const chosen = chosenInstances(choice, context);
    const isHeld = context.length !== undefined;
    for (const { fleet, member } of chosen) fleet.kill(member, isHeld);
    if (!isHeld) return undefined;
    return () => {
      for (const { member } of chosen) member.startAgain();
    };
  },
});

interface SlowOptions extends Choice {
  readonly factor: number;
}

export const instanceSlow = defineFault<SlowOptions>({
  fault: 'instance-slow',
  about:
    'Instances compute slower: what begins meanwhile takes a factor more time of a core. They are not noticed: the balancer goes by requests under way.',
  shape: {
    ...choiceShape,
    factor: quantity('factor', { min: 1, about: 'How much longer a computation takes.' }),
  },
  lasts: 'may',
  check: checkChoice,
  begin: (options, context) => {
    const instances = chosenInstances(options, context).flatMap(({ member }) => member.instance ?? []);
    const recoveries = instances.map((instance) => instance.slow(options.factor));
    return () => {
      for (const recover of recoveries) recover();
    };
  },
});
