// Reads a DMN file as dmn-js does and says what an editor would make of it, as JSON: the warnings
// of its parser, the elements of the requirement graph with what they require, and what the first
// diagram draws of them where.
import { readFileSync } from 'node:fs';
import DmnModdle from 'dmn-moddle';

const text = readFileSync(process.argv[2], 'utf8');
const { rootElement, warnings } = await new DmnModdle().fromXML(text, 'dmn:Definitions');

const elements = rootElement.drgElement.map(element => ({
  id: element.id,
  kind: element.$type,
  name: element.name,
  requires: (element.informationRequirement || []).map(requirement => requirement.id),
  rules: element.decisionLogic?.rule?.length ?? 0
}));
const diagram = rootElement.dmnDI.diagrams[0];
const shapes = [], edges = [];
for (const drawn of diagram.diagramElements) {
  const ref = drawn.dmnElementRef.id;
  if (drawn.$type === 'dmndi:DMNShape') {
    const { x, y, width, height } = drawn.bounds;
    shapes.push({ ref, x, y, width, height });
  } else {
    edges.push({ ref, waypoints: drawn.waypoint.map(({ x, y }) => ({ x, y })) });
  }
}
const size = diagram.size ? { width: diagram.size.width, height: diagram.size.height } : null;
console.log(JSON.stringify({
  warnings: warnings.map(({ message }) => message), elements, size, shapes, edges
}));
