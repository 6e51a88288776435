/** A uniform array of 50 fits WebGL 1's least of 128 vectors with room for the rest. */
export const mostLabels = 50;

export const vertexShader = `
attribute float x;
attribute float y;
attribute float label;
uniform vec4 view;
uniform vec3 palette[${mostLabels}];
uniform float size;
uniform float opacity;
uniform float quiet;
uniform float highlight;
varying vec4 colour;
varying float mark;
void main() {
  float shown = highlight < 0.0 || abs(label - highlight) < 0.5 ? 1.0 : quiet;
  colour = vec4(palette[int(label + 0.5)], opacity * shown);
  mark = floor((label + 0.5) / 8.0);
  gl_Position = vec4(x * view.x + view.z, y * view.y + view.w, 0.0, 1.0);
  gl_PointSize = mark < 0.5 ? size : size * 1.35;
}`;

/** The marks of the palette, as distances from their edge: circle, diamond, square, cross, triangle, star, x. */
export const fragmentShader = `
precision mediump float;
varying vec4 colour;
varying float mark;
uniform float softness;
float plus(vec2 p) {
  return min(max(p.x - 0.9, p.y - 0.32), max(p.y - 0.9, p.x - 0.32));
}
float edge(vec2 c) {
  vec2 p = abs(c);
  if (mark < 0.5) return length(c) - 1.0;
  if (mark < 1.5) return p.x + p.y - 1.0;
  if (mark < 2.5) return max(p.x, p.y) - 0.8;
  if (mark < 3.5) return plus(p);
  if (mark < 4.5) return max(p.x * 1.7 + c.y - 0.9, -c.y - 0.8);
  if (mark < 5.5) return sqrt(p.x) + sqrt(p.y) - 1.0;
  return plus(abs(vec2(c.x + c.y, c.x - c.y) * 0.7071));
}
void main() {
  vec2 c = vec2(gl_PointCoord.x * 2.0 - 1.0, 1.0 - gl_PointCoord.y * 2.0);
  float cover = 1.0 - smoothstep(-softness, 0.0, edge(c));
  if (cover < 0.01) discard;
  float alpha = colour.a * cover;
  gl_FragColor = vec4(colour.rgb * alpha, alpha);
}`;
