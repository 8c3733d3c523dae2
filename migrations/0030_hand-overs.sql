-- Hand-overs to emergency desks and talks of three are counted by day: few facts among many, found without reading the rest.
create index call_facts_hand_overs on call_facts (at)
  where type in ('emergencyCalled', 'emergencyAccepted', 'partyJoined');
