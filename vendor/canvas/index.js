// chartjs-node-canvas asks for `canvas`, which needs a prebuilt download or a compiler; @napi-rs/canvas does not.
const canvas = require('@napi-rs/canvas/node-canvas');

module.exports = {
  ...canvas,
  createCanvas(width, height, type) {
    const made = canvas.createCanvas(width, height, type === 'svg' ? 0 : undefined);
    if (type === 'svg') made.toBuffer = () => made.getContent();
    return made;
  },
};
