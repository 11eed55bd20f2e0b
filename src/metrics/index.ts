export { Catalog, type CatalogEntry } from './catalog.ts';
export { isOfFamily, type MeterFamily } from './family.ts';
export * from './metric.ts';
export { ownerOf, scopeOf, splitView } from './path.ts';
export * from './target.ts';
