/**
 * Where in a book the price of an item stands.
 *
 * What a book does not have, but something of the same family or in another location, is worked out from that and marked
 * R, with how: sizes of a family are multiples of each other, locations are carried over by the ratio of m6i prices, a
 * reserved node costs what is left of the on-demand price, a spot node of unknown price what the usual saving leaves.
 */
import type { Price } from '../contracts/price-book.ts';
import type { PriceConfidence } from '../cost.ts';
import { type InstanceType, instanceType } from '../instance-type.ts';
import type { Book, ByClass, Figure } from './book.ts';

/** The location in which managed services are listed. */
const home = 'us-east-1';

export interface Commitment {
  /** `1y` or `3y`. */
  readonly reservedTerm: string;
}

/** A price by item and location; `known` answers first (what the scenario sets), on-demand prices included. */
export class LookUp {
  constructor(
    private readonly book: Book,
    private readonly commitment: Commitment,
    private readonly known: (item: string, location: string) => Price | undefined,
  ) {}

  /** What stands in brackets behind an item tells people what it is for, and has no price of its own. */
  price(item: string, location: string): Price | undefined {
    const plain = item.replace(/ \([^)]*\)$/, '');
    return this.known(item, location) ?? this.known(plain, location) ?? this.inBook(plain, location);
  }

  /** What the book says, whatever the scenario sets. */
  inBook(item: string, location: string): Price | undefined {
    const [, type, purchase] = /^(\S+) (on-demand|reserved|spot)$/.exec(item) ?? [];
    if (purchase === 'on-demand') return this.onDemand(type, location);
    if (purchase === 'reserved') return this.reserved(type, location);
    if (purchase === 'spot') return this.spot(type, location);
    return this.transfer(item, location) ?? this.listed(item, location) ?? this.ofClass(item, location);
  }

  private onDemand(name: string, location: string): Price | undefined {
    const type = instanceType(name);
    const family = type && this.book.onDemand[type.family];
    if (type === undefined || family === undefined) return undefined;
    const figure = family[location] ?? this.carried(family[home], location);
    return figure && hourly({ ...figure, value: figure.value * type.larges });
  }

  private reserved(name: string, location: string): Price | undefined {
    const onDemand = this.price(`${name} on-demand`, location);
    const { reservedTerm } = this.commitment;
    const savings = this.book.reservedSaving[reservedTerm];
    const saving = savings[instanceType(name)?.family ?? ''] ?? savings.other;
    return onDemand && reduced(onDemand, saving, `reserved for ${reservedTerm}`);
  }

  private spot(name: string, location: string): Price | undefined {
    const exact = this.book.spot[name]?.[location];
    if (exact !== undefined) return hourly(exact);
    const onDemand = this.price(`${name} on-demand`, location);
    if (onDemand === undefined) return undefined;
    const ratio = this.spotRatio(name, location);
    if (ratio !== undefined) return hourly(product(onDemand, ratio));
    return reduced(onDemand, this.book.spotSaving[location] ?? this.book.spotSaving.elsewhere, 'spot');
  }

  /** Spot over on demand, mean over the sizes of the same family whose spot price is there. */
  private spotRatio(name: string, location: string): Figure | undefined {
    const family = instanceType(name)?.family;
    const ratios = Object.entries(this.book.spot).flatMap(([other, { [location]: spot }]) => {
      const onDemand = this.onDemand(other, location);
      const isKin = instanceType(other)?.family === family && spot !== undefined && onDemand !== undefined;
      return isKin ? [spot.value / onDemand.value] : [];
    });
    if (ratios.length === 0) return undefined;
    const value = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    return {
      value,
      confidence: 'R',
      source: `× ${value.toFixed(3)}, spot over on demand of other sizes of ${family}`,
    };
  }

  private transfer(item: string, location: string): Price | undefined {
    const { internet, interRegion } = this.book;
    if (item === 'internet transfer') {
      const figure = internet[location];
      return figure && { ...figure, unit: 'each' };
    }
    const [, to] = /^cross-region transfer \S+ → (\S+)$/.exec(item) ?? [];
    if (to === undefined) return undefined;
    const figure = interRegion[`${location} → ${to}`] ?? interRegion[location];
    return figure && { ...figure, unit: 'each' };
  }

  private listed(item: string, location: string): Price | undefined {
    const found = Object.hasOwn(this.book.listed, item) ? this.book.listed[item] : undefined;
    if (found === undefined) return undefined;
    const { unit, isGlobal, ...figure } = found;
    const there = isGlobal || location === home ? figure : this.carried(figure, location);
    return there && { ...there, unit };
  }

  /** `db.r6g.large multi-AZ instance`: an item with an instance class in it. */
  private ofClass(item: string, location: string): Price | undefined {
    const [, before, name, after] = /^(.*?\b(?:db|cache|kafka)\.)(\S+)( .*)?$/.exec(item) ?? [];
    if (name === undefined) return undefined;
    // A bare class is what one would order by it.
    const pattern = `${before}*${after ?? this.book.bareClass[before] ?? ''}`;
    const { doubled, classes } = this.book;
    const single = doubled[pattern];
    const type = instanceType(name);
    const figure = type && classFigure(classes[single ?? pattern] ?? {}, type, name);
    if (figure === undefined) return undefined;
    const there = location === home ? figure : this.carried(figure, location, type);
    return there && hourly(single === undefined ? there : { ...there, value: there.value * 2 });
  }

  /** A figure of us-east-1 in another location, by what nodes of the same family cost in both, else m6i. */
  private carried(figure: Figure | undefined, location: string, type?: InstanceType): Figure | undefined {
    const ratio = (type && this.familyRatio(type.family, location)) ?? this.book.locationRatio[location];
    if (figure === undefined || ratio === undefined) return undefined;
    return product(figure, { ...ratio, source: `us-east-1 × ${ratio.value.toFixed(3)}, ${ratio.source}` });
  }

  private familyRatio(family: string, location: string): Figure | undefined {
    const { [home]: here, [location]: there } = this.book.onDemand[family] ?? {};
    if (here === undefined || there === undefined) return undefined;
    return { value: there.value / here.value, confidence: 'R', source: `by the ratio of ${family} nodes` };
  }
}

const hourly = (figure: Figure): Price => ({ ...figure, unit: 'hour' });

/** The figure of a class, or of its first kin in another size. */
function classFigure(classes: ByClass, type: InstanceType, name: string): Figure | undefined {
  if (Object.hasOwn(classes, name)) return classes[name];
  const kin = Object.keys(classes).find((each) => instanceType(each)?.family === type.family);
  if (kin === undefined) return undefined;
  const factor = type.larges / (instanceType(kin) as InstanceType).larges;
  return product(classes[kin], {
    value: factor,
    confidence: 'R',
    source: `× ${factor} from ${kin}, by size`,
  });
}

function product(figure: Figure, by: Figure): Figure {
  return {
    value: figure.value * by.value,
    confidence: weaker(figure.confidence, by.confidence),
    source: `${figure.source}; ${by.source}`,
  };
}

function reduced(price: Price, saving: Figure, what: string): Price {
  const left = 1 - saving.value;
  return { ...product(price, { ...saving, value: left, source: `${what}: ${saving.source}` }), unit: 'hour' };
}

const byStrength: readonly PriceConfidence[] = ['given', 'S', 'D', 'B', 'R'];

/** A figure made of two is as sure as the less sure one. */
function weaker(one: PriceConfidence, other: PriceConfidence): PriceConfidence {
  return byStrength[Math.max(byStrength.indexOf(one), byStrength.indexOf(other))];
}
