/** Names that are the same in all languages. */
export const engines = {
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  percona: 'Percona',
  postgresql: 'PostgreSQL',
  sqlserver: 'SQL Server',
  mongodb: 'MongoDB',
  redis: 'Redis',
};

export const rdsVersions = { '5.6': '5.6', '5.7': '5.7' };

export const mongoAuthMechanisms = {
  'SCRAM-SHA-1': 'SCRAM-SHA-1',
  'SCRAM-SHA-256': 'SCRAM-SHA-256',
  'MONGODB-CR': 'MONGODB-CR',
};
