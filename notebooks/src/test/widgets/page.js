// Cells of a kernel behind a Jupyter server, and their widgets as html-manager draws them. The tests call what is put on
// `window`; the address carries the server's token and, for a page that is loaded again, the kernel's id.
import { shims } from '@jupyter-widgets/base';
import { HTMLManager } from '@jupyter-widgets/html-manager/lib/htmlmanager';
import { KernelManager, ServerConnection } from '@jupyterlab/services';
import '@fortawesome/fontawesome-free/css/all.min.css';
import '@fortawesome/fontawesome-free/css/v4-shims.min.css';

const VIEW = 'application/vnd.jupyter.widget-view+json';

class Manager extends HTMLManager {
  constructor(kernel) {
    super();
    this.kernel = kernel;
    // What the kernel has told of widgets, and which message it answers.
    this.heard = [];
    kernel.registerCommTarget(this.comm_target_name, async (comm, message) => {
      await this.handle_comm_open(new shims.services.Comm(comm), message);
    });
    kernel.anyMessage.connect((_, { msg, direction }) => {
      if (direction === 'recv' && msg.header.msg_type === 'comm_msg') {
        const { method, state } = msg.content.data;
        this.heard.push({ method, state, parent: msg.parent_header.msg_type });
      }
    });
  }

  async _create_comm(target, id, data, metadata) {
    const comm = this.kernel.createComm(target, id);
    if (data || metadata) comm.open(data, metadata);
    return new shims.services.Comm(comm);
  }

  async _get_comm_info() {
    const reply = await this.kernel.requestCommInfo({ target_name: this.comm_target_name });
    return reply.content.comms;
  }

  load() {
    return this._loadFromKernel();
  }

  async show(id, place) {
    place.dataset.model = id;
    await this.display_view(this.create_view(await this.get_model(id)), place);
  }
}

function element(tag, parent, className, text = '') {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  parent.append(made);
  return made;
}

async function output(message, place, manager) {
  const { content } = message;
  switch (message.header.msg_type) {
    case 'stream':
      element('pre', place, content.name, content.text);
      break;
    case 'error':
      element('pre', place, 'error', content.ename + ': ' + content.evalue);
      break;
    case 'display_data':
    case 'execute_result':
      if (content.data[VIEW]) await manager.show(content.data[VIEW].model_id, element('div', place, 'view'));
      else element('pre', place, 'text', content.data['text/plain']);
      break;
  }
}

async function start() {
  const given = new URLSearchParams(location.search);
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: location.origin, wsUrl: location.origin.replace(/^http/, 'ws'), token: given.get('token'), appendToken: true,
  });
  const kernels = new KernelManager({ serverSettings });
  const id = given.get('kernel');
  const kernel = id
    ? kernels.connectTo({ model: { id, name: 'brigade' } })
    : await kernels.startNew({ name: 'brigade' });
  await kernel.info;
  const manager = new Manager(kernel);
  if (id) await manager.load();
  // Output of a cell arrives as long as the page is there, and one after the other.
  const places = new Map();
  let drawn = Promise.resolve();
  kernel.iopubMessage.connect((_, message) => {
    const place = places.get(message.parent_header.msg_id);
    if (place) drawn = drawn.then(() => output(message, place, manager)).catch(error => window.failures.push(String(error)));
  });
  Object.assign(window, {
    manager,
    kernelId: kernel.id,
    // Runs a cell below the others and gives its number.
    run(code) {
      const cell = element('section', document.querySelector('main'), 'running');
      element('pre', cell, 'code', code);
      const future = kernel.requestExecute({ code });
      places.set(future.msg.header.msg_id, element('div', cell, 'output'));
      // A page that is left while the cell runs hears no more of it.
      future.done.then(() => drawn).then(() => cell.classList.remove('running'), () => cell.classList.add('left'));
      return document.querySelectorAll('section').length - 1;
    },
    show: modelId => manager.show(modelId, element('section', document.querySelector('main'), 'shown')),
    // All the kernel tells a page that asks for everything.
    async states() {
      const comm = await manager._create_comm('jupyter.widget.control', crypto.randomUUID(), {}, { version: '1.0.0' });
      const answer = new Promise(resolve => comm.on_msg(message => resolve(message.content.data.states)));
      comm.send({ method: 'request_states' }, {});
      return answer;
    },
  });
  window.ready = true;
}

window.failures = [];
start().catch(error => window.failures.push(String(error.stack || error)));
