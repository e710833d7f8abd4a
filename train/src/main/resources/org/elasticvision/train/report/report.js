// Shows the values of all lines at the place nearest to the pointer.
for (const chart of document.querySelectorAll('.chart:not(.confusion)')) {
  const svg = chart.querySelector('svg');
  const cursor = chart.querySelector('.cursor');
  const values = chart.querySelector('.values');
  const points = [...svg.querySelectorAll('circle')].map(
    (circle) => ({ at: circle.cx.baseVal.value, x: circle.dataset.x, y: circle.dataset.y }));
  const show = (event) => {
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    const pointer = (event.clientX - box.left) * scale;
    const nearest = points.reduce((a, b) => (Math.abs(b.at - pointer) < Math.abs(a.at - pointer) ? b : a));
    cursor.setAttribute('x1', nearest.at);
    cursor.setAttribute('x2', nearest.at);
    cursor.style.visibility = 'visible';
    values.replaceChildren();
    for (const text of [nearest.x, ...points.filter((point) => point.at === nearest.at).map((point) => point.y)]) {
      const row = document.createElement('div');
      row.textContent = text;
      values.append(row);
    }
    values.style.display = 'block';
    const left = nearest.at / scale + svg.offsetLeft;
    const room = chart.clientWidth - values.offsetWidth;
    values.style.left = Math.max(0, left + 12 < room ? left + 12 : left - values.offsetWidth - 12) + 'px';
  };
  svg.addEventListener('pointermove', show);
  svg.addEventListener('pointerdown', show);
  svg.addEventListener('pointerleave', () => {
    cursor.style.visibility = 'hidden';
    values.style.display = 'none';
  });
}
