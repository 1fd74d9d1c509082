/** The name of a test, including the describe blocks around it. */
module.exports = function fullName(test) {
  const names = [];
  for (let at = test; at?.parent !== undefined; at = at.parent) names.unshift(at.name);
  return names.join(' › ');
};
