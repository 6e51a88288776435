import { fragmentShader, mostLabels, vertexShader } from './point-shader.ts';
import {
  quietShare,
  type PaintCanvas,
  type PaintEvents,
  type Picture,
  type PointPainter,
} from './point-painter.ts';

const attributes = ['x', 'y', 'label'] as const;
const uniforms = ['view', 'palette', 'size', 'opacity', 'quiet', 'highlight', 'softness'] as const;
type Uniforms = Readonly<Record<(typeof uniforms)[number], WebGLUniformLocation | null>>;

function compiled(gl: WebGLRenderingContext, type: number, source: string): WebGLShader | null {
  const shader = gl.createShader(type);
  if (shader === null) return null;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
}

function linked(gl: WebGLRenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  const vertex = compiled(gl, gl.VERTEX_SHADER, vertexShader);
  const fragment = compiled(gl, gl.FRAGMENT_SHADER, fragmentShader);
  if (program === null || vertex === null || fragment === null) return null;
  gl.attachShader(program, vertex);
  gl.attachShader(program, fragment);
  for (const [at, name] of attributes.entries()) gl.bindAttribLocation(program, at, name);
  gl.linkProgram(program);
  return program;
}

/** Red, green and blue from 0 to 1 of each `#rrggbb`. */
export function paletteValues(colours: readonly string[]): Float32Array {
  const values = new Float32Array(mostLabels * 3);
  for (const [label, colour] of colours.slice(0, mostLabels).entries()) {
    for (let part = 0; part < 3; part += 1) {
      values[label * 3 + part] =
        Number.parseInt(colour.slice(1 + part * 2, 3 + part * 2), 16) / 255;
    }
  }
  return values;
}

/** Draws every point in one call. Points and labels are sent to the graphics card only when they are other ones. */
class WebglPoints implements PointPainter {
  readonly #canvas: PaintCanvas;
  readonly #gl: WebGLRenderingContext;
  readonly #program: WebGLProgram;
  readonly #buffers: readonly (WebGLBuffer | null)[];
  readonly #events: PaintEvents;
  readonly #sent: (Float32Array | Uint8Array | null)[] = [null, null, null];
  #uniforms: Uniforms | null = null;
  #picture: Picture | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #disposed = false;

  constructor(
    canvas: PaintCanvas,
    gl: WebGLRenderingContext,
    program: WebGLProgram,
    events: PaintEvents,
  ) {
    this.#canvas = canvas;
    this.#gl = gl;
    this.#program = program;
    this.#events = events;
    this.#buffers = attributes.map(() => gl.createBuffer());
    canvas.addEventListener('webglcontextlost', () => this.#lose());
    this.#await();
  }

  paint(picture: Picture): void {
    this.#picture = picture;
    if (this.#uniforms !== null) this.#draw(picture, this.#uniforms);
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    // A page may hold only so many contexts, and a collector takes its time.
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #lose(): void {
    if (!this.#disposed) this.#events.onLost();
  }

  /** Any question about the program waits for its compiler, which would hold the page up. */
  #await(): void {
    const gl = this.#gl;
    const parallel = gl.getExtension('KHR_parallel_shader_compile');
    const ready =
      parallel === null || gl.getProgramParameter(this.#program, parallel.COMPLETION_STATUS_KHR);
    if (ready !== true) {
      this.#timer = setTimeout(() => this.#await(), 4);
      return;
    }
    if (gl.getProgramParameter(this.#program, gl.LINK_STATUS) !== true) {
      // Not from within the constructor: nobody holds this painter yet.
      this.#timer = setTimeout(() => this.#lose(), 0);
      return;
    }
    const found = uniforms.map((name) => [name, gl.getUniformLocation(this.#program, name)]);
    this.#uniforms = Object.fromEntries(found) as Uniforms;
    if (this.#picture !== null) this.#draw(this.#picture, this.#uniforms);
  }

  #send(at: number, values: Float32Array | Uint8Array): void {
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers[at] ?? null);
    if (this.#sent[at] !== values) {
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
      this.#sent[at] = values;
    }
    const type = values instanceof Uint8Array ? gl.UNSIGNED_BYTE : gl.FLOAT;
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, 1, type, false, 0, 0);
  }

  #draw(picture: Picture, where: Uniforms): void {
    const gl = this.#gl;
    const { points, labels, box, ratio } = picture;
    const width = Math.max(1, Math.round(picture.width * ratio));
    const height = Math.max(1, Math.round(picture.height * ratio));
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.useProgram(this.#program);
    this.#send(0, points.x);
    this.#send(1, points.y);
    this.#send(2, labels);
    const scaleX = 2 / (box.x1 - box.x0);
    const scaleY = 2 / (box.y1 - box.y0);
    gl.uniform4f(where.view, scaleX, scaleY, -1 - box.x0 * scaleX, -1 - box.y0 * scaleY);
    gl.uniform3fv(where.palette, paletteValues(picture.colours));
    gl.uniform1f(where.size, picture.size * ratio);
    gl.uniform1f(where.softness, Math.min(1, 3 / (picture.size * ratio)));
    gl.uniform1f(where.opacity, picture.opacity);
    gl.uniform1f(where.quiet, quietShare);
    gl.uniform1f(where.highlight, picture.highlight ?? -1);
    gl.drawArrays(gl.POINTS, 0, Math.min(points.x.length, labels.length));
    this.#events.onPaint('webgl');
  }
}

/** A painter for this canvas, or null where there is no WebGL: a virtual machine or a remote desktop may have none. */
export function webglPoints(canvas: PaintCanvas, events: PaintEvents): PointPainter | null {
  // Both kinds of canvas have this call; TypeScript cannot choose between their overloads.
  const gl = (canvas as HTMLCanvasElement).getContext('webgl', { antialias: false, depth: false });
  if (gl === null) return null;
  const program = linked(gl);
  return program === null ? null : new WebglPoints(canvas, gl, program, events);
}
