// onnxruntime-node and sharp: node node.mjs MODEL FOLDER CALLERS. Contender.java says what it reads and prints.
import { readFileSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import ort from 'onnxruntime-node';
import sharp from 'sharp';

const SIZE = 224;
const SHORT_SIDE = 256;
const MARGIN = (SHORT_SIDE - SIZE) / 2;
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];

const [model, folder, callersText] = process.argv.slice(2);
const callers = Number(callersText);
const pictures = readdirSync(folder).filter(name => name.endsWith('.jpg')).sort().map(name => readFileSync(join(folder, name)));
// One caller: the session's defaults. Several: a thread each, which is the most images a second.
const session = await ort.InferenceSession.create(model, callers === 1 ? {} : { intraOpNumThreads: 1 });
const input = session.inputNames[0];
const output = session.outputNames[0];
const scale = DEVIATION.map(deviation => 1 / (255 * deviation));
const offset = MEAN.map((mean, channel) => -mean / DEVIATION[channel]);

async function prepare(bytes) {
    const pixels = await sharp(bytes)
        .resize(SHORT_SIDE, SHORT_SIDE, { fit: 'cover', kernel: 'linear' })
        .extract({ left: MARGIN, top: MARGIN, width: SIZE, height: SIZE })
        .removeAlpha()
        .raw()
        .toBuffer();
    const plane = SIZE * SIZE;
    const values = new Float32Array(3 * plane);
    for (let i = 0, p = 0; i < plane; i++, p += 3) {
        values[i] = pixels[p] * scale[0] + offset[0];
        values[i + plane] = pixels[p + 1] * scale[1] + offset[1];
        values[i + 2 * plane] = pixels[p + 2] * scale[2] + offset[2];
    }
    return new ort.Tensor('float32', values, [1, 3, SIZE, SIZE]);
}

async function answer(bytes) {
    const logits = (await session.run({ [input]: await prepare(bytes) }))[output].data;
    let best = 0;
    let sum = 0;
    for (let i = 1; i < logits.length; i++) {
        if (logits[i] > logits[best]) best = i;
    }
    for (const logit of logits) sum += Math.exp(logit - logits[best]);
    return { best, probability: 1 / sum };
}

let next = 0;
async function ask(images) {
    let left = images;
    const loops = Array.from({ length: callers }, async () => {
        while (left-- > 0) await answer(pictures[next++ % pictures.length]);
    });
    await Promise.all(loops);
}

for await (const line of createInterface({ input: process.stdin })) {
    const [command, number] = line.split(' ');
    if (command === 'top') {
        const { best, probability } = await answer(pictures[Number(number)]);
        console.log(`${best} ${probability}`);
    } else {
        const start = process.hrtime.bigint();
        await ask(Number(number));
        console.log(Number(process.hrtime.bigint() - start) / 1e9);
    }
}
