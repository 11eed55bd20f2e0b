export { Catalog, type CatalogEntry } from './catalog.ts';
export * from './metric.ts';
export * from './target.ts';
