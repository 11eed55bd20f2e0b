export const databasesSection = 'databases';
